import { expect, it, vi } from 'vitest';

it.each([
  ['win32', 'SIGHUP', [129], undefined],
  ['win32', 'SIGINT', [130], undefined],
  ['linux', 'SIGHUP', undefined, [process.pid, 'SIGHUP']],
] as const)('on %s, %s ends this process after what it started', async (platform, signal, exited, killed) => {
  vi.resetModules();
  const real = process.platform;
  Object.defineProperty(process, 'platform', { value: platform });
  const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never);
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
  const before = process.listeners(signal);
  for (const each of before) process.off(signal, each);
  try {
    const { clearAtExit } = await import('../../src/launch/system.js');
    const clear = vi.fn();
    clearAtExit(clear, new AbortController().signal);
    process.emit(signal, signal);
    expect(clear).toHaveBeenCalledOnce();
    expect(exit.mock.calls[0]).toEqual(exited);
    // Where exit returns, as only here, a signal follows it.
    expect(exited ? undefined : kill.mock.calls[0]).toEqual(killed);
    expect(process.listeners(signal)).toEqual([]);
  } finally {
    for (const each of before) process.on(signal, each);
    Object.defineProperty(process, 'platform', { value: real });
    vi.restoreAllMocks();
  }
});
