/**
 * What to paste into a page: loads the tracker without blocking anything and takes calls before it has arrived.
 * @param baseUrl public address of the installation, without a slash at the end
 */
export function snippetFor(domain: string, { baseUrl, trackerName }: { baseUrl: string; trackerName: string }): string {
  // A quote is the one sign that encodeURIComponent leaves and that would end the text around it.
  const site = encodeURIComponent(domain).replaceAll("'", '%27')
  return `<script>
  window.footfall = window.footfall || function () { (footfall.q = footfall.q || []).push(arguments) }
  !(function (d, s) {
    s.async = 1
    s.src = '${baseUrl}/${trackerName}?siteId=${site}'
    d = d.getElementsByTagName('script')[0]
    d.parentNode.insertBefore(s, d)
  })(document, document.createElement('script'))
</script>`
}
