import { wireGallery } from "./gallery/gallery.js";

wireGallery();
