/** What a thread that sends a part of a load runs; the bundle has it as a file of its own. */
import('./playThread.js').then(({ playThread }) => playThread());
