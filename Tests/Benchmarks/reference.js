// `node reference.js PATH-TO-JSONATA`: evaluations a second of the reference implementation, for the samples on standard input.
const jsonata = require(require("path").resolve(process.argv[2]));
const { order, samples } = JSON.parse(require("fs").readFileSync(0, "utf8"));

(async () => {
  for (const [name, text] of samples) {
    const expression = jsonata(text);
    const count = 20000;
    for (let i = 0; i < 2000; i++) await expression.evaluate(order);
    const began = process.hrtime.bigint();
    for (let i = 0; i < count; i++) await expression.evaluate(order);
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;
    console.log(name, count / seconds);
  }
})();
