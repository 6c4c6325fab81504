export { runSend } from './commands/send/send.js';
export { runShow } from './commands/show/show.js';
export { runSign } from './commands/sign/sign.js';
