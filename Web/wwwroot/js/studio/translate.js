export async function translate() {}
