import {b,dev,press,text,shot,URL} from './.walk.mjs'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
const env={...process.env,DATA_DIR:readFileSync('/tmp/e-console.dir','utf8').trim(),PORT:'39204'}
const desk=(...a)=>execFileSync('node',['dist/cli/help-desk.js',...a],{env}).toString()
try{
const vol=async(id,lang,area)=>{const r=await dev(); await r.goto(URL+'/'); await r.waitForTimeout(600); await r.click(`.languages [lang=${lang}]`); await r.waitForTimeout(800)
 const out=desk('volunteer',id); const w=/OPG-\w{4}-\w{4}/.exec(out)[0]; await r.fill('textarea',w); await r.keyboard.press('Enter'); await r.waitForTimeout(1500); await r.locator('.replies button').first().click(); await r.waitForTimeout(1500); console.log(id,(await text(r)).slice(-400)); await r.context().storageState({path:`/tmp/e-console/${id}.json`}); return r}
await vol('yusuf','so').catch(e=>console.log('vol',e.message)); 
const r=await dev(); await r.goto(URL+'/'); await r.waitForTimeout(800)
await r.click('.languages [lang=ar]'); await r.waitForTimeout(800)
const btns=()=>r.locator('.replies button').allInnerTexts()
const say=async t=>{await r.fill('textarea',t); await r.keyboard.press('Enter'); await r.waitForTimeout(1200)}
const tap=async i=>{const x=await btns(); console.log('BTN',JSON.stringify(x)); await r.locator('.replies button').nth(i).click(); await r.waitForTimeout(1200)}
await say('أحتاج مساعدة في التسوق'); await tap(0); console.log((await text(r)).slice(-200)); await say('حليب وخبز'); await tap(0); console.log((await text(r)).slice(-200), await btns());
if((await btns()).some(x=>/Birk/.test(x))) await tap(0)
console.log((await text(r)).slice(-200), await btns()); await say('3'); console.log((await text(r)).slice(-200), await btns()); await tap(0); console.log((await text(r)).slice(-200), await btns());await tap(0); console.log((await text(r)).slice(-200), await btns());await tap(0); console.log((await text(r)).slice(-600), await btns());
await r.context().storageState({path:`/tmp/e-console/amina.json`})
}catch(x){console.log('ERR',x.message)} finally{await b.close()}
