export { askHiddenOnce } from './ask.js';
export { askAgain } from './askAgain.js';
export { askWhat } from './askWhat.js';
