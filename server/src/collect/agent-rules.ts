/** A name, and by what to know it; the first group is the version. The first rule that fits wins, so order matters. */
export interface AgentRule {
  name: string
  test: RegExp
  versions?: Record<string, string>
}

const rule = (name: string, test: RegExp): AgentRule => ({ name, test })

/** Browsers. Those that imitate another stand before it. In-app browsers are one: people did not choose them. */
export const BROWSERS: AgentRule[] = [
  rule(
    'Mobile App',
    /\b(?:Instagram|FBAN|FBAV|FB_IAB|BytedanceWebview|musical_ly|TikTok|Snapchat|Pinterest\/|LinkedInApp|Twitter for|Line\/|MicroMessenger|WhatsApp\/|GSA\/|KAKAOTALK|NAVER\(|Barcelona|TwitterAndroid|Reddit\/)/,
  ),
  rule('DuckDuckGo Privacy Browser', /\b(?:DuckDuckGo|Ddg)\/([\d.]+)/),
  rule('Microsoft Edge', /\b(?:Edg|Edge|EdgA|EdgiOS)\/([\d.]+)/),
  rule('Opera GX', /\bOPX\/([\d.]+)/),
  rule('Opera', /\b(?:OPR|OPT|OPiOS|Opera Mini|Opera Mobi)\/([\d.]+)/),
  rule('Opera', /^Opera\/.*\bVersion\/([\d.]+)/),
  rule('Opera', /^Opera\/([\d.]+)/),
  rule('Vivaldi', /\bVivaldi\/([\d.]+)/),
  rule('Yandex Browser', /\bYaBrowser\/([\d.]+)/),
  rule('Samsung Browser', /\bSamsungBrowser\/([\d.]+)/),
  rule('Mobile Silk', /\bSilk\/([\d.]+)/),
  rule('MIUI Browser', /\bMiuiBrowser\/([\d.]+)/),
  rule('Huawei Browser', /\bHuaweiBrowser\/([\d.]+)/),
  rule('Vivo Browser', /\bVivoBrowser\/([\d.]+)/),
  rule('HeyTap Browser', /\bHeyTapBrowser\/([\d.]+)/),
  rule('UC Browser', /\b(?:UCBrowser|UCWEB)\/?([\d.]+)/),
  rule('QQ Browser', /\bM?QQBrowser\/([\d.]+)/),
  rule('Whale Browser', /\bWhale\/([\d.]+)/),
  rule('Ecosia', /\bEcosia (?:ios|android)@([\d.]+)/),
  rule('Brave', /\bBrave(?: Chrome)?\/([\d.]+)/),
  rule('Puffin', /\bPuffin\/([\d.]+)/),
  rule('Avast Secure Browser', /\bAvast\/([\d.]+)/),
  rule('AVG Secure Browser', /\bAVG\/([\d.]+)/),
  rule('Coc Coc', /\bcoc_coc_browser\/([\d.]+)/),
  rule('Iron', /\bIron\/([\d.]+)/),
  rule('Falkon', /\bFalkon\/([\d.]+)/),
  rule('Konqueror', /\bKonqueror\/([\d.]+)/),
  rule('Epiphany', /\bEpiphany\/([\d.]+)/),
  rule('SeaMonkey', /\bSeaMonkey\/([\d.]+)/),
  rule('Pale Moon', /\bPaleMoon\/([\d.]+)/),
  rule('Waterfox', /\bWaterfox\/([\d.]+)/),
  rule('Firefox Focus', /\b(?:Focus|Klar)\/([\d.]+)/),
  rule('Firefox', /\b(?:Firefox|FxiOS)\/([\d.]+)/),
  rule('Mobile App', /; wv\).*\bChrome\//),
  rule('Chromium', /\bChromium\/([\d.]+)/),
  rule('Chrome', /\b(?:Chrome|CriOS|CrMo)\/([\d.]+)/),
  rule('Android Browser', /\bAndroid\b.*\bVersion\/([\d.]+)/),
  rule('Safari', /\bVersion\/([\d.]+).*\bSafari\//),
  rule('Mobile App', /\b(?:iPhone|iPad|iPod)\b.*\bAppleWebKit\/(?!.*\bSafari\/)/),
  rule('Internet Explorer', /\bTrident\/.*\brv:([\d.]+)/),
  rule('Internet Explorer', /\bMSIE ([\d.]+)/),
  rule('Lynx', /^Lynx\/([\d.]+)/),
  rule('Wget', /^Wget\/([\d.]+)/),
  rule('curl', /^curl\/([\d.]+)/),
  rule('Python Requests', /^python-requests\/([\d.]+)/),
  rule('Go-http-client', /^Go-http-client\/([\d.]+)/),
  rule('OkHttp', /^okhttp\/([\d.]+)/),
  rule('Axios', /^axios\/([\d.]+)/),
  rule('Postman', /^PostmanRuntime\/([\d.]+)/),
]

/** NT numbers of Windows, as people call them. Browsers freeze the number at 10.0, so 11 cannot be told. */
const WINDOWS = { '10.0': '10', '6.3': '8.1', '6.2': '8', '6.1': '7', '6.0': 'Vista', '5.2': 'XP', '5.1': 'XP', '5.0': '2000' }

/** Operating systems. */
export const SYSTEMS: AgentRule[] = [
  rule('Windows Phone', /\bWindows Phone(?: OS)? ([\d.]+)/),
  { name: 'Windows', test: /\bWindows NT ([\d.]+)/, versions: WINDOWS },
  rule('Windows', /\bWindows\b/),
  rule('iPadOS', /\biPad\b.*?\bOS ([\d_]+)/),
  rule('iPadOS', /\biPad\b/),
  rule('iOS', /\b(?:iPhone|iPod)\b.*?\bOS ([\d_]+)/),
  rule('iOS', /\b(?:iPhone|iPod)\b/),
  rule('Mac', /\bMac OS X ([\d_.]+)/),
  rule('Mac', /\bMacintosh\b/),
  rule('Chrome OS', /\bCrOS \S+ ([\d.]+)/),
  rule('Fire OS', /\bAndroid ([\d.]+)[^)]*; (?:KF[A-Z]{2,}|AFT\w+)\b/),
  rule('HarmonyOS', /\b(?:HarmonyOS|OpenHarmony) ?([\d.]*)/),
  rule('KaiOS', /\bKAIOS\/([\d.]+)/),
  rule('Tizen', /\bTizen ([\d.]+)/),
  rule('webOS', /\b(?:Web0S|webOS)\b(?:.*?\/([\d.]+))?/),
  rule('PlayStation', /\bPlayStation(?: Vita)?\b/),
  rule('Nintendo', /\bNintendo\b/),
  rule('Android', /\bAndroid ([\d.]+)/),
  rule('Android', /\bAndroid\b/),
  rule('Ubuntu', /\bUbuntu(?:\/([\d.]+))?/),
  rule('Fedora', /\bFedora(?:\/([\d.]+))?/),
  rule('Debian', /\bDebian\b/),
  rule('FreeBSD', /\bFreeBSD\b/),
  rule('OpenBSD', /\bOpenBSD\b/),
  rule('NetBSD', /\bNetBSD\b/),
  rule('GNU/Linux', /\bLinux\b|\bX11\b/),
]

/** Android 9 is Fire OS 7, and so on: Amazon's own numbers (developer.amazon.com, "Fire OS overview"). */
export const FIRE_OS: Record<string, string> = { '14': '14', '11': '8', '10': '8', '9': '7', '7': '6', '6': '6', '5': '5', '4': '4' }

/** Kinds of device. Television sets and consoles count as Desktop, as their screens do. */
export const DEVICES: AgentRule[] = [
  rule(
    'Desktop',
    /\b(?:SmartTV|SMART-TV|Smart-TV|GoogleTV|Android TV|AppleTV|BRAVIA|HbbTV|Web0S|AFT[A-Z]\w*|CrKey|PlayStation|Xbox|Nintendo)\b/,
  ),
  rule('Tablet', /\biPad\b|\bTablet\b(?! PC)|\bKF[A-Z]{2,}\b|\bPlayBook\b|\bNexus (?:7|9|10)\b/),
  rule('Mobile', /\biPhone\b|\biPod\b|\bWindows Phone\b|\bKAIOS\b|\bBlackBerry\b|\bBB10\b|\bOpera M(?:ini|obi)\b|\bIEMobile\b/),
  rule('Mobile', /\bAndroid\b.*\bMobile\b|\bMobile\b.*\bAndroid\b|\bMobile;/),
  rule('Tablet', /\bAndroid\b/),
  rule('Desktop', /\bWindows\b|\bMacintosh\b|\bX11\b|\bCrOS\b|\bLinux\b/),
]

/** Agents of programs that post events for their visitors, and words without meaning: none of them is a bot by its name alone. */
export const TOOLS = [
  'Mozilla',
  'aaaa',
  'a'.repeat(64),
  'Wget/1.21.4',
  'curl/8.1',
  'python-requests/2.3',
  'Python/3.12 aiohttp/3.9',
  'node',
  'node-fetch/1.0',
  'undici',
  'axios/1.2.0',
  'okhttp/4.9',
  'Go-http-client/1.1',
  'Java/1.8.0',
  'Java-http-client/17',
  'Apache-HttpClient/4.5',
  'PostmanRuntime/7.1',
  'Ruby',
  'PHP/8',
  'GuzzleHttp/7',
  'MyApp/1.0 (iPhone; iOS 17.4)',
  'My App/2',
  'Thing/2.0 (Linux)',
  'Dart/3.1 (dart:io)',
  'Deno/1.40',
  'Bun/1.1',
  'CFNetwork/1490 Darwin/23.3.0',
  'libwww-perl/6',
  'WordPress/6.4; https://example.org',
  '7',
  'customer',
]
