export { send } from './commands/send/send.js';
export { show } from './commands/show/show.js';
export { sign } from './commands/sign/sign.js';
