/**
 * How text is compared where case does not count: in lower case by Unicode, which JavaScript and ClickHouse's lowerUTF8 (ICU) do alike
 * for every letter that has cases (tried for all of them). A sigma that ends a word is the same letter as any other: whether it ends one
 * depends on what stands around it, so a part of a text would not be found in the whole.
 */
export const anyCase = (text: string): string => text.toLowerCase().replaceAll('ς', 'σ')
