// Azurite that ends when the process that started it ends, however that came: its end of the pipe closes.
process.stdin.on('end', () => process.exit(0)).on('error', () => process.exit(0)).resume();
require('azurite/dist/src/blob/main.js');
