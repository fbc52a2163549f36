// The rest of a form whose code came as one: its styles are all that is fetched then.

/** The rest of one form; `styled` fetches its styles, and `first` is all of its code. */
export function wholeOf(styled) {
  let loading;
  const rest = {
    async bring(done, data) {
      loading ??= styled();
      const isThere = await loading.then(() => true, () => false);
      if (!isThere) loading = undefined;
      rest.first.__indirect_function_table.get(done)(data, isThere);
    },
  };
  return rest;
}
