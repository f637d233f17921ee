// SPDX-License-Identifier: EUPL-1.2
// Passkeys on the pages of django-allauth, which describe in <script data-allauth-onload> what to do with which element.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
const keys = (list) => list?.map((key) => ({ ...key, id: bytes(key.id) }));

/** What the browser's key answers, as JSON with binary parts in base64url (WebAuthn, RegistrationResponseJSON and AuthenticationResponseJSON). */
function written(credential) {
  const { response } = credential;
  const parts = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) parts[name] = text(response[name]);
  }
  if (response.getTransports) parts.transports = response.getTransports();
  return JSON.stringify({
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: parts,
  });
}

async function create({ creation_options: { publicKey } }, passwordless) {
  const selection = { ...publicKey.authenticatorSelection };
  if (passwordless !== undefined) {
    selection.residentKey = passwordless ? "required" : "discouraged";
    selection.requireResidentKey = passwordless;
    if (passwordless) selection.userVerification = "required";
  }
  return navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: keys(publicKey.excludeCredentials),
      authenticatorSelection: selection,
    },
  });
}

async function get({ request_options: { publicKey } }) {
  return navigator.credentials.get({
    publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: keys(publicKey.allowCredentials) },
  });
}

const element = (id) => document.getElementById(id);
const given = ({ ids, data }) => (ids.data ? JSON.parse(element(ids.data).textContent) : data);

async function fetched(form) {
  const response = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
  return response.json();
}

const deeds = {
  "allauth.webauthn.forms.loginForm": ({ ids }) => [ids.login, async () => get(await fetched(element(ids.login).form))],
  "allauth.webauthn.forms.authenticateForm": (about) => [about.ids.authenticate, () => get(given(about))],
  "allauth.webauthn.forms.addForm": (about) => [about.ids.add, () => create(given(about), element(about.ids.passwordless)?.checked ?? false)],
  "allauth.webauthn.forms.signupForm": (about) => [about.ids.signup, () => create(given(about))],
};

for (const script of document.querySelectorAll("script[data-allauth-onload]")) {
  const about = JSON.parse(script.textContent);
  const [button, ask] = deeds[script.dataset.allauthOnload](about);
  element(button).addEventListener("click", async (event) => {
    event.preventDefault();
    const answer = element(about.ids.credential);
    try {
      answer.value = written(await ask());
    } catch (error) {
      // The person closed the browser's question, or no key fits: the page stays as it is, with its other ways in.
      if (error.name !== "NotAllowedError") throw error;
      return;
    }
    answer.form.submit();
  });
}
