import { bashScript } from './bashScript.js';
import { fishScript } from './fishScript.js';
import { powershellScript } from './powershellScript.js';
import type { Shell } from './shells.js';
import { zshScript } from './zshScript.js';

/** The completion script of each shell. */
export const scripts: Readonly<Record<Shell, string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
};
