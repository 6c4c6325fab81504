import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleProvider } from '../support/exampleProviders.js';
import { handshakeOf, judgeAll } from './judgeAll.js';
import { judgedByRecipe, knownTo } from './judges.js';
import { startRecipes } from './recipeServer.js';

describe('what a receiver does by the documents', () => {
  let recipes: Awaited<ReturnType<typeof startRecipes>>;

  beforeAll(async () => {
    recipes = await startRecipes();
  });
  afterAll(() => recipes.stop());

  describe.each(judgedByRecipe)('of %s', (name) => {
    const { secret } = knownTo(name);
    judgeAll(name, () => ({ url: `${recipes.url}/${name}`, secret }), []);

    const { handshakes = {} } = exampleProvider(name);
    it.skipIf(Object.keys(handshakes).length === 0)('answers what comes before the first event', async () => {
      expect(await handshakeOf(name, `${recipes.url}/${name}`, secret)).toMatchObject({ exitCode: 0 });
    });
  });
});
