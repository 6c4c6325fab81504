import { relative, sep } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, longest first: begun last, one of them would keep a run going while all other workers have nothing to do. */
const longest = [
  'api/packed',
  'official/receivers',
  'zoo/faulty',
  'official/documents',
  'web/page/views',
  'official/catalogue',
  'web/page/looks',
  'web/page/robust',
  'docs/ci',
  'zoo/correct',
  'contract/exampleRooms',
  'own/fromCatalogue',
  'suite/large',
  'capture/ownCatalogue',
  'contract/stored',
  'examples/examples',
  'check/counts',
  'diagnose/request',
  'own/from',
  'flow/orders',
  'check/faulty',
  'official/github',
  'report/browser',
  'rude/run',
  'started/startProgram',
  'recipes/recipes',
  'own/test',
  'functions/sealedBodies',
  'forms/fields',
  'flow/flows',
  'contract/examples',
  'started/waitForTarget',
  'check/command',
  'check/correct',
  'cli/waitNotice',
  'picker/pick',
  'listen/listen',
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
