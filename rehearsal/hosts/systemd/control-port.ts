/** Where the image's `systemctl` reaches its machine's service manager, on the machine's address. */
export const CONTROL_PORT = 1339;
