/** Answers that were seen, so that going back to a range shows it at once while it is asked again. The longest unused one goes first. */
export interface Kept<Answer> {
  get(question: string): Answer | undefined
  put(question: string, answer: Answer): void
}

export function createKept<Answer>(limit: number): Kept<Answer> {
  const answers = new Map<string, Answer>()
  const put = (question: string, answer: Answer) => {
    answers.delete(question)
    answers.set(question, answer)
    const [oldest] = answers.keys()
    if (answers.size > limit && oldest !== undefined) answers.delete(oldest)
  }
  return {
    put,
    get(question) {
      const answer = answers.get(question)
      if (answer !== undefined) put(question, answer)
      return answer
    },
  }
}
