export { askAgain } from './askAgain.js';
export { askHiddenOnce } from './askHidden.js';
export { askWhat } from './askWhat.js';
