export { runSend } from './commands/send/send.js';
export { show } from './commands/show/show.js';
export { runSign } from './commands/sign/sign.js';
