#include "bind/base/upward.h"

const asvc_upward_t *asvc_upward(void) {
    return asvc_root()->upward;
}

void asvc_drive(void) {
    asvc_upward()->drive();
}
