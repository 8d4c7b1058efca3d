/** JSON as the protocol writes it: a time is a number of seconds since the epoch, and what is undefined is left out. */
export function toJson(output: object): string {
  return JSON.stringify(output, function (this: Record<string, unknown>, name, value: unknown) {
    // By the time a replacer runs, a date has already turned itself into text: look at the holder's own member.
    const own = this[name];
    return own instanceof Date ? own.getTime() / 1000 : value;
  });
}
