import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';

describe('a flow of the config whose provider is broken', () => {
  it('is told, and the list of flows has all others', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'webhook-sim-'));
    mkdirSync(join(cwd, 'acme'));
    writeFileSync(join(cwd, 'acme/provider.json'), '{ "name": "acme" }');
    const flows = {
      bad: { title: 'Bad', steps: [{ send: 'acme order.created' }] },
      good: { title: 'Good', steps: [{ send: 'scalev order.created' }] },
    };
    writeFileSync(join(cwd, 'webhook-sim.config.json'), JSON.stringify({ providers: ['acme'], flows }));
    const { stdout, stderr, exitCode } = await cli(['flow'], { cwd });
    expect(stdout).toMatch(/\bgood\b/);
    expect(stdout).not.toMatch(/\bbad\b/);
    expect(stderr).toContain('acme/provider.json');
    expect(exitCode).toBe(0);
    expect((await cli(['flow', 'bad', '--dry-run'], { cwd })).exitCode).toBe(2);
  });
});
