/** The page's first script: the shell. Rooms, data and engine come later. */
import { render } from 'preact';
import { App } from './shell/app.tsx';
import './style/tokens.css';
import './style/page.css';
import './style/controls.css';

const root = document.getElementById('app');
if (root) render(<App />, root);
