/** What the thread that reads specifications runs; the bundle has it as a file of its own. */
import('./answerQuestions.js').then(({ answerQuestions }) => answerQuestions());
