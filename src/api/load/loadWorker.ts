/** The entry of a thread that sends a part of a load; the bundle has it as a file of its own. */
import('./playThread.js').then(({ playThread }) => playThread());
