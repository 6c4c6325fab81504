/** The thread that reads specifications; it is a separate file in the bundle. */
import('./answerQuestions.js').then(({ answerQuestions }) => answerQuestions());
