/* base.i: version and statuses. */

/* A list that is one argument of a macro, such as the parameters of a model. */
#define LOY_LIST(ITEMS...) ITEMS

%inline %{
static loy_rtext version(void) {
  loy_rtext r = {0};
  r.v = loy_version();
  return r;
}
static loy_rtext status_name(int status) {
  loy_rtext r = {0};
  r.v = loy_status_name((loy_status)status);
  return r;
}
static loy_rtext status_message(int status) {
  loy_rtext r = {0};
  r.v = loy_status_message((loy_status)status);
  return r;
}
%}
