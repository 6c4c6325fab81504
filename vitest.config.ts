import { configDefaults, defineConfig } from 'vitest/config';

/** Folders whose files share the loaded sources: to load them anew for each file takes half of the time of the small ones. */
const rooms =
  'config,core,export,flow,forge,functions,handshake,log,own,payloads,policy,providers,receiver,report,retry,route,schemes,secrets,signing,suite';
const shared = `test/{${rooms}}/**/*.test.ts`;

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Shared machines stall now and then; what fails twice there fails.
    retry: process.env.CI ? 2 : 0,
    projects: [
      {
        extends: true,
        test: { name: 'isolated', include: ['test/**/*.test.ts'], exclude: [...configDefaults.exclude, shared] },
      },
      { extends: true, test: { name: 'shared', include: [shared], isolate: false } },
    ],
  },
});
