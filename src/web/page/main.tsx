import { render } from 'preact';
import { App } from './app/App.js';
import { token } from './app/api.js';
import { listenToKeys } from './app/keyboard.js';
import { startStore } from './app/store.js';
import { applyTheme } from './app/theme.js';
import './styles/tokens.css';
import './styles/shell.css';
import './styles/controls.css';
import './styles/parts.css';
import './styles/views.css';

applyTheme();
listenToKeys();
const place = document.getElementById('app')!;
place.replaceChildren();
render(<App />, place);
if (token.value !== null) startStore();
