import { afterAll, expect, test } from 'vitest';
import { startTwin } from '../../src/index.ts';

const twin = await startTwin();
afterAll(() => twin.close());

test('a file part behind the last boundary, cut short, is refused', async () => {
  const part = (name: string, text: string) =>
    `--edge\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`;
  const cutShort = '--edge\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\nb--edge--';
  const answer = await fetch(twin.rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=edge' },
    body: `${part('command', 'attachFile')}--edge--\r\n${part('more', 'x')}${cutShort}`,
  });
  expect(await answer.text()).toMatch(/^1\n.*the form ends within a part/);
});
