import { describe, expect, it } from 'vitest';
import { contactClauses, markContact, unmarkContacts } from '../../../src/plan/words/contact-clauses.ts';
import { contactGap } from '../../../src/plan/words/labels.ts';

/** `_` stands for a removed contact, `<…>` for one that stays. */
const marked = (text: string) =>
  text.replaceAll('_', contactGap).replace(/<([^>]*)>/g, (_, contact: string) => markContact(contact));
const found = (text: string) =>
  contactClauses(marked(text)).map((each) => [
    each.text,
    each.isContact ? 'contact' : each.text.slice(each.from, each.to),
  ]);

describe('contactClauses', () => {
  it.each<[string, string]>([
    // A contact that stays
    ['<a@b.c>', 'a@b.c'],
    ['email <a@b.c>', 'email a@b.c'],
    ['<a@b.c> <c@d.e>', 'a@b.c c@d.e'],
    ['看<a@b.c>', '看a@b.c'],
    [`${'x'.repeat(2990)}\nto <maya@example.com>`, 'to maya@'],
  ])('%j is only a contact', (text, clause) => {
    expect(found(text)).toEqual([[clause, 'contact']]);
  });

  it.each<[string, string]>([
    ['my bakery <a@b.c>', 'my bakery a@b.c'],
    ['one two three four <a@b.c>', 'one two three four a@b.c'],
    // Few words around a removed contact
    ['order here: _', 'order here:'],
    ['Fresh bread _', 'Fresh bread'],
    ['I baked it. Order at _', 'Order at'],
    ['a 😀 order _', 'order'],
    ['a _ b 😀 c', 'a b 😀'],
    ['one\ntwo _\nthree', 'two'],
    ['one _ _ two', 'one two'],
    ['one two three _', 'one two three'],
    ['one two three _ _', 'one two three'],
    ['one two three _ four five six', 'one two three four five six'],
    ['_ two', 'two'],
    ['_ one two three four five six', 'one two three four five six'],
    ['_ and two three four five six seven', 'and two three four five six seven'],
    // Japanese, Chinese, Korean, Thai
    ['新作は_で販売中', '新作はで販売中'],
    ['今天去_', '今天去'],
    ['看日落 _ 真美', '看日落 真美'],
    ['_ で可愛い', 'で可愛い'],
    ['신상 가디건 _ 에서 판매', '신상 가디건 에서 판매'],
    ['최애 카페 _', '최애 카페'],
    ['ก _', 'ก'],
  ])('%j is a fragment', (text, clause) => {
    expect(found(text)).toEqual([[clause, '']]);
  });

  it.each<[string, string, string]>([
    ['_で新作のバッグを販売しています', 'で新作のバッグを販売しています', '新作のバッグを販売しています'],
    ['_ 新作のバッグ', '新作のバッグ', '新作のバッグ'],
    ['新しいバッグを買いました _ で販売中 _', '新しいバッグを買いました で販売中', '新しいバッグを買いました'],
    ['新しいバッグを買いました _ 今日', '新しいバッグを買いました 今日', '新しいバッグを買いました'],
    ['_ で 新作のバッグを', 'で 新作のバッグを', '新作のバッグを'],
    [
      '신상 가디건 입어봤는데요 여기 링크는 _ 에서',
      '신상 가디건 입어봤는데요 여기 링크는 에서',
      '신상 가디건 입어봤는데요',
    ],
    ['_ まじで好き', 'まじで好き', 'まじで好き'],
    ['新しいバッグを買いました _ で販売中', '新しいバッグを買いました で販売中', '新しいバッグを買いました'],
    ['신상 가디건 입어봤는데요 링크는 _ 에서', '신상 가디건 입어봤는데요 링크는 에서', '신상 가디건 입어봤는데요'],
  ])('of %j, %j has a title: %j', (text, clause, title) => {
    expect(found(text)).toEqual([[clause, title]]);
  });

  it.each([
    'no contact here',
    '_',
    'one two three four five <a@b.c>',
    'one two three four<a@b.c>five',
    'one two three <a@b.c> four five',
    'find my recipes at _',
    'one two three four _',
    'one two three four _ _',
    'one two three _ four five six seven',
    '_ one two three four five six seven',
    '今天我们去海边看日落_',
    '東京でおいしいラーメンを食べました _',
    '신상 가디건 입어봤는데요 링크는 _',
    'วันนี้เราไปเที่ยวทะเล _',
    '我的小店<a@b.c>今天开门了',
    `${'x'.repeat(3000)}\n_ two`,
  ])('%j goes as it is', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('marks of contacts leave no trace', () => {
    expect(unmarkContacts(marked('write <a@b.c> or <c@d.e>'))).toBe('write a@b.c or c@d.e');
  });
});
