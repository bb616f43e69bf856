// An input method at a page's field, as the browser hears one: text that is being composed, what it becomes, keys in between.

/** What people's fingers do, step by step: `compose` shows text under composition in place of the text so far, `commit` puts
 * down what it became, `type` writes without a composition, `rub` takes back so many letters. */
export const METHODS = {
  "Vietnamese Telex, the word composed": {
    steps: ["compose T", "compose Ti", "compose Tie", "compose Tiê", "compose Tiên", "compose Tiêng", "compose Tiếng", "commit Tiếng", "type  ", "compose V", "compose Vi", "compose Vie", "compose Viê", "compose Viêt", "compose Việt", "commit Việt"],
    // After this many steps the others write, and see what is there by then.
    pause: 13,
    there: "Tiếng Viê",
    word: "Tiếng Việt",
  },
  // As the usual keyboards of Windows do it: no composition, letters are taken back and written anew.
  "Vietnamese Telex, letters rubbed out": {
    steps: ["type T", "type i", "type e", "rub 1", "type ê", "type n", "type g", "rub 3", "type ếng", "type  ", "type V", "type i", "type e", "rub 1", "type ê", "type t", "rub 2", "type ệt"],
    pause: 13,
    there: "Tiếng Vie",
    word: "Tiếng Việt",
  },
  // One key may write two signs, and a vowel typed before its subscript is put behind it.
  "Khmer, signs put in order": {
    steps: ["type ក", "type ិ", "rub 1", "type ្រិ", "rub 1", "type ុ", "type ម", "type ប្", "type រ", "type ជុំ"],
    pause: 7,
    there: "ក្រុម",
    word: "ក្រុមប្រជុំ",
  },
  // Letters stand there until the candidate is chosen, part by part.
  "pinyin, candidates chosen": {
    steps: ["compose h", "compose hu", "compose hui", "compose hui'y", "compose hui'yi", "compose 会yi", "compose 会议", "commit 会议", "compose b", "compose ba", "compose bao", "commit 报", "compose gao", "commit 告"],
    pause: 5,
    there: "hui'yi",
    word: "会议报告",
  },
};

/** An input method at one page. */
export class Ime {
  #page;
  #session;

  constructor(page, session) {
    this.#page = page;
    this.#session = session;
  }

  static async at(person) {
    return new Ime(person.page, await person.session());
  }

  /** Shows text under composition, in place of what was composed so far. */
  async compose(text) {
    await this.#session.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  }

  /** Puts down what the composition became. */
  async commit(text) {
    await this.#session.send("Input.insertText", { text });
  }

  /** Gives the composition up. */
  cancel() {
    return this.compose("");
  }

  /** A key that the input method takes for itself: pages hear of it all the same. */
  async key(key) {
    const event = { key, code: key, windowsVirtualKeyCode: 229 };
    await this.#session.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...event });
    await this.#session.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
  }

  /** Does steps of a method. */
  async play(steps) {
    for (const step of steps) {
      const [, what, rest] = step.match(/^(\w+) (.*)$/s);
      if (what === "compose") await this.compose(rest);
      else if (what === "commit" || what === "type") await this.commit(rest);
      else for (let left = Number(rest); left > 0; left -= 1) await this.#page.keyboard.press("Backspace");
    }
  }
}
