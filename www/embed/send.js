// Sends records to a server: nothing that was given to it is dropped, one that the server
// does not take holds up no other, and no copy overwrites another unseen.
import { SendError } from "./{{send/answer.js}}";
import { memory } from "./{{send/memory.js}}";
import { Outbox } from "./{{send/outbox.js}}";
import { append, put } from "./{{send/put.js}}";

export { Outbox, SendError, append, memory, put };
