export { askAgain } from './askAgain.js';
export { askWhat } from './askWhat.js';
