wenfang.put("index","$ae6b6c5gu6%test##!)template!&guide!!#开会! !##开会#会议 4m4a7lop8lv9g17ns5bm !)'chu zhi3lmfs1p8bt! 3tdq0um23c");
