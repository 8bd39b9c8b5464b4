/** Whether an address is one that only this machine reaches. */
export const isLoopbackAddress = (address: string): boolean =>
  /^(?:127\.\d+\.\d+\.\d+|::1)$/.test(address);
