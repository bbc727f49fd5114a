import {b,dev,press,text,shot,URL} from './.walk.mjs'
try{
const r=await dev(); await r.goto(URL+'/'); await r.waitForTimeout(800)
await r.click('.languages [lang=ar]'); await r.waitForTimeout(800); 
const say=async t=>{await r.fill('textarea',t); await r.keyboard.press('Enter'); await r.waitForTimeout(1200)}
const btn=async()=>console.log('BTN',JSON.stringify(await r.locator('.replies button').allInnerTexts()))
await say('أحتاج مساعدة في التسوق'); await btn(); await shot(r,'r1')
console.log((await text(r)).slice(-1200))
}catch(x){console.log('ERR',x.message)} finally{await b.close()}
