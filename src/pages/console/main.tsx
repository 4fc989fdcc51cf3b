import { render } from 'preact';
import { TwinApi } from './api.ts';
import { Live } from './live.ts';
import { Shell } from './shell.tsx';

const root = document.getElementById('console');
if (root) {
  const api = new TwinApi(location);
  const live = new Live(api);
  // Before the first picture, which the questions need not wait for.
  void live.run();
  root.replaceChildren();
  render(<Shell api={api} live={live} />, root);
}
