export { askAgain } from './askAgain.js';
export { askHiddenOnce } from './askHidden.js';
export { askSelection as askWhat } from './askSelection.js';
