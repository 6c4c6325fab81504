export { send } from './send.js';
export { show } from './show.js';
export { sign } from './sign.js';
