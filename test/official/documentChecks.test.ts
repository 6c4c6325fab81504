import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findingsOf } from './judgeAll.js';
import { judgedByRecipe, knownTo } from './judges.js';
import { startRecipes } from './recipeServer.js';

describe('a check of what a receiver does by the documents', () => {
  let recipes: Awaited<ReturnType<typeof startRecipes>>;

  beforeAll(async () => {
    recipes = await startRecipes();
  });
  afterAll(() => recipes.stop());

  it.each(judgedByRecipe)('of %s has no findings', async (name) => {
    const { exitCode, findings } = await findingsOf(name, `${recipes.url}/${name}`, knownTo(name).secret, []);
    expect({ exitCode, findings }).toEqual({ exitCode: 0, findings: [] });
  });
});
