// Sending: nothing that was given to an outbox is dropped, nothing holds up another, and no
// copy overwrites another unseen.
import "./send/webdav.js";
import "./send/portals.js";
import "./send/queue.js";
import "./send/page.js";
import "./send/finish.js";
