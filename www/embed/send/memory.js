// Keeps what is to be sent for as long as the page is there: for tests, and for servers.

export function memory() {
  const items = new Map();
  return {
    all: async () => Array.from(items.values(), (text) => JSON.parse(text)),
    get: async (id) => items.has(id) ? JSON.parse(items.get(id)) : undefined,
    put: async (id, item) => {
      items.set(id, JSON.stringify(item));
    },
    remove: async (id) => {
      items.delete(id);
    },
  };
}
