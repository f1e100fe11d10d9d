import { accessRoutes } from '../../lambdas/manifest/routes/access.ts';
import { htmlPage, type Page } from './page.ts';

const HOME = `<ul><li><a href="/docs">Reference of the API</a></li><li><a href="/mail">Mails</a></li><li><a href="/api/commerce/v1/health">Health</a></li></ul>
<form id="invitation" hidden><p>You were invited to the Commerce Portal.</p><button>Accept the invitation</button></form><p id="answer" role="status"></p><script src="/home.js"></script>`;

// What the invitation is stands behind the #: no server has seen it until the person accepts.
const SCRIPT = `const [, invitation] = location.hash.match(/^#invitation=(.+)$/) ?? [];
const form = document.getElementById('invitation');
const answer = document.getElementById('answer');
form.hidden = !invitation;
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const response = await fetch(${JSON.stringify(accessRoutes.acceptInvitation.path)}, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ invitation }),
  });
  const body = await response.json();
  answer.textContent = response.ok
    ? 'You are a user of partner ' + body.prmId + ' now: sign in as ' + body.email + '.'
    : body.detail;
  form.hidden = response.ok;
  if (response.ok) history.replaceState(null, '', '/');
});
`;

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** The first page of the local portal; the link of an invitation's mail leads here. */
export function homePage(path: string): Page | undefined {
  if (path === '/home.js') return { status: 200, contentType: 'text/javascript; charset=utf-8', body: SCRIPT };
  if (path !== '/') return undefined;
  return { ...htmlPage('Commerce Portal', HOME), headers: { 'content-security-policy': POLICY } };
}
