import { relative, sep } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, longest first: begun last, one of them would keep a run going while all other workers have nothing to do. */
const longest = [
  'api/packed',
  'zoo/faulty',
  'official/receivers',
  'official/catalogue',
  'official/documents',
  'web/page/views',
  'web/page/looks',
  'web/page/robust',
  'zoo/correct',
  'docs/ci',
  'contract/exampleRooms',
  'own/fromCatalogue',
  'suite/large',
  'capture/ownCatalogue',
  'package',
  'contract/stored',
  'examples/examples',
  'diagnose/request',
  'own/shipped',
  'own/from',
  'check/counts',
  'docs/action',
  'report/browser',
  'flow/orders',
  'official/types',
  'check/faulty',
  'official/github',
  'recipes/recipes',
  'picker/pick',
  'rude/answers',
  'rude/run',
  'started/startProgram',
  'functions/sealedBodies',
  'wire/fromCurl',
  'load/threads',
  'own/test',
  'docs/readme',
  'export/wire',
  'suite/process',
  'forms/fields',
  'flow/flows',
  'contract/examples',
  'started/waitForTarget',
  'check/command',
  'check/correct',
  'cli/waitNotice',
  'listen/listen',
  'load/runLoad',
].map((name) => `test/${name}.test.ts`);

/** Begins with the files that take longest, on a clone, too, where nothing is known of earlier runs. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root } = this.ctx.config;
    const rank = ({ moduleId }: TestSpecification) => {
      const place = longest.indexOf(relative(root, moduleId).split(sep).join('/'));
      return place === -1 ? longest.length : place;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
