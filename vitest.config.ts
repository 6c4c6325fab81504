import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';
import LongestFirst from './test/support/longestFirst.js';

/**
 * What takes longest: whole projects, the zoo, what starts many processes, opens many connections or tries many receivers, and the tests
 * with the providers' official packages, which are skipped until these are installed. `npm run test:thorough` and CI run it.
 */
const thorough = [
  'test/api/{packed,surfaces}.test.ts',
  'test/check/{advice,command,correct,faulty}.test.ts',
  'test/cli/waitNotice.test.ts',
  'test/contract/{examples,stored}.test.ts',
  'test/diagnose/{hostile,keyPairs,messages,request,tokens}.test.ts',
  'test/diagnose/find/elsewhere.test.ts',
  'test/docs/{api,export,readme,workflows}.test.ts',
  'test/examples/examples.test.ts',
  'test/export/wire.test.ts',
  'test/flow/flows.test.ts',
  'test/forms/{exported,fields}.test.ts',
  'test/functions/{commands,judged,sealedBodies,sent}.test.ts',
  'test/handshake/{keys,publicUrl}.test.ts',
  'test/listen/listen.test.ts',
  'test/load/{load,runLoad,threads}.test.ts',
  'test/log/resend.test.ts',
  'test/official/**/*.test.ts',
  'test/own/{from,new,test,unmade}.test.ts',
  'test/package.test.ts',
  'test/picker/{edit,manners,missing,pick,secret}.test.ts',
  'test/process/{endings,input,opened,signals,streams}.test.ts',
  'test/recipes/recipes.test.ts',
  'test/report/linearWork.test.ts',
  'test/retry/verdict.test.ts',
  'test/route/process.test.ts',
  'test/rude/{answers,silence,tlsFailures}.test.ts',
  'test/samples/{contradiction,makeProviderSamples}.test.ts',
  'test/schemes/{bodyTokens,keyPairs,modes}.test.ts',
  'test/secrets/echoed.test.ts',
  'test/signing/verify.test.ts',
  'test/started/{endings,startProgram,startReceiver,waitForTarget}.test.ts',
  'test/suite/{course,expectations,process}.test.ts',
  'test/web/page/{robust,views}.test.ts',
  'test/wire/{contentEncoding,fromCurl}.test.ts',
  'test/zoo/**/*.test.ts',
];

/**
 * What would make CI too slow, and where other files hold the same subject with less: soaks, memory, floods, searches through all providers,
 * all views of pages in all sizes and colours, and examples in frameworks and languages that have to be installed. `npm run test:daily` and a scheduled workflow run it.
 */
const daily = [
  'test/capture/ownCatalogue.test.ts',
  'test/check/{counts,foreignKey}.test.ts',
  'test/cli/property.test.ts',
  'test/completion/shells.test.ts',
  'test/contract/{build,exampleRooms}.test.ts',
  'test/diagnose/find/{hostile,providers}.test.ts',
  'test/diagnose/largeInput.test.ts',
  'test/docs/{action,ci}.test.ts',
  'test/examples/{runners,vendors}.test.ts',
  'test/executable/executable.test.ts',
  'test/export/{documents,k6Catalogue}.test.ts',
  'test/flow/orders.test.ts',
  'test/listen/flood.test.ts',
  'test/log/{bound,processes}.test.ts',
  'test/official/documentChecks.test.ts',
  'test/own/{fromCatalogue,shipped}.test.ts',
  'test/process/{memory,surroundings}.test.ts',
  'test/report/{browser,linearTime}.test.ts',
  'test/retry/soak.test.ts',
  'test/suite/large.test.ts',
  'test/web/page/{firstPaint,looks,reconnect,scrolling}.test.ts',
  'test/wire/soak.test.ts',
];

/**
 * Files that put something else in place of a module, or look at all that is open in their process; all others share the sources once
 * they are loaded.
 */
const isolated = [
  'test/contract/windowsBuild.test.ts',
  'test/log/windowsFiles.test.ts',
  'test/rude/{reopened,run}.test.ts',
  'test/started/windows.test.ts',
  'test/wire/{lateWarnings,sentTwice}.test.ts',
];
const excluded = [...configDefaults.exclude, ...thorough, ...daily];

export default defineConfig({
  // What is published apart takes the library of this source tree.
  resolve: { alias: [{ find: /^webhook-sim$/, replacement: join(import.meta.dirname, 'src/index.ts') }] },
  test: {
    // `npx vitest` would have programs that tests start believe that npx started them.
    env: { npm_command: '' },
    sequence: { sequencer: LongestFirst },
    globalSetup: 'test/support/catalogueSetup.ts',
    // Several times what the slowest test needs on a busy machine.
    testTimeout: 60_000,
    // Some begin with a build.
    hookTimeout: 300_000,
    // Many tests wait for others: a third worker uses what two leave of two cores; with a fourth, tests of pace judge the machine. The flag
    // --maxWorkers changes nothing: each project takes this number.
    maxWorkers: 3,
    // The sources are translated once, and not again in each stage of CI.
    experimental: { fsModuleCache: true },
    // Shared machines stall now and then; what fails twice there fails.
    retry: process.env.CI ? 2 : 0,
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['test/**/*.test.ts', 'packages/*/test/**/*.test.ts'],
          exclude: [...excluded, ...isolated],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'isolated', include: isolated, exclude: excluded } },
      {
        extends: true,
        test: {
          name: 'thorough',
          include: thorough,
          exclude: [...configDefaults.exclude, ...daily],
          isolate: false,
          testTimeout: 120_000,
        },
      },
      { extends: true, test: { name: 'daily', include: daily, isolate: false, testTimeout: 120_000 } },
    ],
  },
});
