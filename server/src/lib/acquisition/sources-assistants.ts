import type { SourceList } from './sources.ts'

/**
 * Assistants that answer in place of a search engine. Their visitors asked a question and followed an answer, so they count as
 * search, as the shared cases have it for chatgpt.com and perplexity.ai. The names of those that have an app are their hosts, so that the
 * app and the site are one source.
 */
export const ASSISTANTS: SourceList = {
  named: {
    Perplexity: 'perplexity.ai perplexity.com ai.perplexity.app.android',
    Phind: 'phind.com',
    'chatgpt.com': 'com.openai.chatgpt chat.com',
    'claude.ai': 'com.anthropic.claude',
    'gemini.google.com': 'com.google.android.apps.bard',
    'copilot.microsoft.com': 'com.microsoft.copilot',
    'chat.deepseek.com': 'com.deepseek.chat',
    'grok.com': 'ai.x.grok',
    'chat.mistral.ai': 'ai.mistral.chat',
    'poe.com': 'com.poe.android',
  },
  plain: `
    chat.openai.com openai.com chatgpt openai claude.com anthropic.com claude anthropic gemini bard.google.com
    aistudio.google.com notebooklm.google.com copilot.com copilot.cloud.microsoft m365.cloud.microsoft copilot
    edgeservices.bing.com deepseek.com deepseek grok x.ai meta.ai mistral.ai mistral you.com poe
    kimi.com kimi.moonshot.cn doubao.com chat.qwen.ai qwen.ai tongyi.aliyun.com tongyi.com yiyan.baidu.com yuanbao.tencent.com
    chatglm.cn chat.z.ai z.ai minimax.io hailuoai.com metaso.cn manus.im genspark.ai pi.ai character.ai duck.ai lumo.proton.me
    venice.ai iask.ai andisearch.com komo.ai felo.ai liner.com consensus.app elicit.com scite.ai exa.ai devv.ai scira.ai
    lmarena.ai openrouter.ai t3.chat wrtn.ai monica.im sider.ai blackbox.ai cohere.com huggingface.co brave.ai
  `,
}
