export default defineAppConfig({ ui: { colors: { primary: 'violet', success: 'emerald', error: 'rose', neutral: 'zinc' } } })
