export { exitCodeOf, exitCodes } from '../../core/run.js';
