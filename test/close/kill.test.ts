import { killCloses } from '../../local/simulation/kill-close.ts';

test('a close whose process is killed three times ends as an undisturbed one, byte for byte', async () => {
  const { kills, problems } = await killCloses(3, 1, () => undefined);
  expect({ kills, problems }).toEqual({ kills: 3, problems: [] });
}, 120_000);
