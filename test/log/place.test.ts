import { posix, win32 } from 'node:path';
import { expect, it } from 'vitest';
import { stateFolder } from '../../src/history/logFolder.js';

const local = 'C:\\Users\\Senja Kopi\\AppData\\Local';
const windows = { LOCALAPPDATA: local, USERPROFILE: 'C:\\Users\\Senja Kopi' };

it.each([
  ['PowerShell and the command prompt', windows, `${local}\\webhook-sim`],
  ['Git Bash, which has a home', { ...windows, HOME: 'C:\\Users\\Senja Kopi' }, `${local}\\webhook-sim`],
  ['a state folder that was chosen', { ...windows, XDG_STATE_HOME: 'D:\\state' }, 'D:\\state\\webhook-sim'],
  ['a bare profile', { USERPROFILE: 'C:\\Users\\me' }, 'C:\\Users\\me\\.local\\state\\webhook-sim'],
  ['paths of another system', { LOCALAPPDATA: 'Local', HOME: '~' }, undefined],
])('on Windows, keeps its state where it belongs: %s', (_, env, path) => {
  expect(stateFolder({ env }, win32)?.path).toBe(path);
});

it.each([
  ['~/.local/state', { HOME: '/Users/senja' }, '/Users/senja/.local/state/webhook-sim'],
  [
    'a variable of Windows that another system passes on',
    { ...windows, HOME: '/home/me' },
    '/home/me/.local/state/webhook-sim',
  ],
  ['nothing', windows, undefined],
])('elsewhere, keeps it by the XDG base directories: %s', (_, env, path) => {
  expect(stateFolder({ env }, posix)?.path).toBe(path);
});
