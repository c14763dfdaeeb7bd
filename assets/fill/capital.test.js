import assert from "node:assert/strict";
import test from "node:test";
import { capital } from "./capital.js";

test("amounts in the numerals of accounts", () => {
  for (const [text, want] of Object.entries({
    "24.8万元": "贰拾肆万捌仟元整", "0元": "零元整", "10元": "壹拾元整", "105元": "壹佰零伍元整", "1005.03元": "壹仟零伍元零叁分",
    "100050元": "壹拾万零伍拾元整", "1,234,567.89元": "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分", "2亿元": "贰亿元整", "1.05亿元": "壹亿零伍佰万元整",
    "0.5元": "伍角整", "3.20元": "叁元贰角整", "￥ 60 元": "陆拾元整", "100000001元": "壹亿零壹元整", "10010000元": "壹仟零壹万元整",
    "24.8万": "", 二十四万元: "", "1.234元": "", "": "", "5台": "",
  })) assert.equal(capital(text), want, text);
});
