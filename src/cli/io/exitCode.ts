export { exitCodeOf, exitCodes } from '../../core/exitCode.js';
