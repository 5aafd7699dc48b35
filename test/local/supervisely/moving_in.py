"""A project filled with images and labels by the Python SDK; prints what came back as one JSON document."""
import json
import os

import numpy as np
import supervisely as sly

api = sly.Api(os.environ['SERVER_ADDRESS'], os.environ['API_TOKEN'])
found = {}
project = api.project.create(349, 'moving in')
dataset = api.dataset.create(project.id, 'ds')
meta = sly.ProjectMeta(
    obj_classes=[sly.ObjClass('box', sly.Rectangle), sly.ObjClass('outline', sly.Polygon), sly.ObjClass('mask', sly.Bitmap)],
    tag_metas=[sly.TagMeta('good', sly.TagValueType.NONE), sly.TagMeta('count', sly.TagValueType.ANY_NUMBER)])
meta = api.project.update_meta(project.id, meta)

image = api.image.upload_np(dataset.id, 'a.png', np.zeros((100, 200, 3), np.uint8))
same = api.image.upload_hash(dataset.id, 'b.png', image.hash)
found['sizes'] = [[one.height, one.width] for one in (image, same)]
found['pixels'] = list(api.image.download_np(image.id).shape)
found['skipped'] = api.image.upload_hashes(dataset.id, ['b.png', 'c.png'], [image.hash, image.hash], conflict_resolution='skip')[-1].id == same.id

mask = sly.Bitmap(np.ones((10, 20), bool), origin=sly.PointLocation(3, 2))
labels = [
    sly.Label(sly.Rectangle(1, 2, 30, 40), meta.get_obj_class('box'), tags=[sly.Tag(meta.get_tag_meta('count'), 3)]),
    sly.Label(mask, meta.get_obj_class('mask')),
    sly.Label(sly.Polygon([(1, 1), (50, 1), (50, 50)]), meta.get_obj_class('outline')),
]
api.annotation.upload_ann(image.id, sly.Annotation((100, 200), labels=labels, img_tags=[sly.Tag(meta.get_tag_meta('good'))]))
annotation = sly.Annotation.from_json(api.annotation.download_json(image.id), meta)


def box(label):
    around = label.geometry.to_bbox()
    return [around.left, around.top, around.right, around.bottom]


found['shapes'] = sorted([label.obj_class.name, box(label)] for label in annotation.labels)
found['image_tags'] = [tag.name for tag in annotation.img_tags]
found['batches'] = [len(batch) for batch in api.image.get_list_generator(dataset.id, batch_size=2)]
print()
print(json.dumps(found))
