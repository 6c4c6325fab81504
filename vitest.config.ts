import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Shared machines stall now and then; what fails twice there fails.
    retry: process.env.CI ? 2 : 0,
  },
});
